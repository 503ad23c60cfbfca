"""A session with a room: rounds, official results, scores, and a store that forgets nothing it was told."""
