"""How a command of the command line ended, as other programs see it."""

DONE, NO, CANNOT_TELL, REFUSED, SURROUNDINGS, USAGE = 0, 1, 2, 3, 4, 64
