"""What the program does by itself: nothing is lost by standing still, nothing is done twice."""
