"""Photos: whatever somebody sends becomes two clean JPEG files under a random name."""
