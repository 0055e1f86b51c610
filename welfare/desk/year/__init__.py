"""The change of year at the desk: settle, choose what goes over, publish and close together."""
