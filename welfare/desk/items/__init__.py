"""An item at the desk: its page, and the acts on it and on its entries."""
