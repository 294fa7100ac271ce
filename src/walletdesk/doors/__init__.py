"""The doors: one folder per audience. A door parses and shows; it holds no rule."""
