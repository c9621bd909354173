"""Bank, marking and cards: data is checked, answers are marked, widgets only show."""
