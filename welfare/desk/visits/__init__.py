"""Leaders' visits at the desk: written down, shown, withdrawn."""
