"""Scripts of the house: measurements, the licence list, and the bundle's way in."""
