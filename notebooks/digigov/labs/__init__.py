"""Interactive comparisons, one a file: controls, a model call, a figure, words."""
