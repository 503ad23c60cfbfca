"""Exercises: one source each, what a learner did with it, and checks that never give the answer away."""
