"""Photos: one road from whatever somebody sends to two clean JPEG files with a random name."""
