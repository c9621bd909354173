"""An agency's self-assessment: its scale and moves, the widget, the printed report, and a class as one picture."""
