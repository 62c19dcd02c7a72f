"""Where things lie in a signed feed, of updates and of models: who makes it and who reads it say the same."""

METADATA, TARGETS = "metadata/", "targets/"
MODEL_LIST, MODEL_ROOT, MODEL_FORM = "models.json", "model-root.json", 1
"""The list of models that a feed offers, who may sign it, and the form of the list."""
