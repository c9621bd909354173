"""What a teacher takes to a room: handouts, slides, an answer key, and the questions in other programs' formats."""
