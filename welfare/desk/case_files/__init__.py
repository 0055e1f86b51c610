"""The case file of a hardship item: documents that few may open, each look written down."""
