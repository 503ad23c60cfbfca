"""A session with a room: rounds, official results, scores, and a store that forgets nothing it was told.

A workshop's source says what is played (`source`). A `Session` takes what the room does, event by event (`session`),
and keeps it in one file (`store`); `state.fold` tells from the events what they came to. `rounds` computes a round's
official result, which `board`, `forecast` and `debrief` read. `robots` and `rehearsal` play it with nobody there.
"""
