"""How a centre is brought to a site: image, compose, Helm, dashboards, and their checks."""
