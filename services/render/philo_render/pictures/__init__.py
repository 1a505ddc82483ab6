"""Pictures without any key: paper-cut backdrops and matched illustrations, decided and drawn from a scene's words.

`compose` decides, `draw` paints, `picture` does both. All three are pure: the same scene, size and seed give the same
bytes, on any day, in any process; nothing is read but the package's own data.
"""
