"""What is printed: PDF by Typst in a process of its own, QR codes, and the sheets for the wall."""
