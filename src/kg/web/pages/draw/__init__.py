"""Where things stand in a drawing: numbers only; the templates draw them as SVG."""
