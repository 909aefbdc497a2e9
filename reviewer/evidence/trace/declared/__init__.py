"""Entry points that a file names which is not the code's own: packaging, routes, containers, workflows."""
