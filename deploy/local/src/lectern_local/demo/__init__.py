"""`lectern demo`: the main job without hands, over HTTP, as educator, certification officer and reviewer."""
