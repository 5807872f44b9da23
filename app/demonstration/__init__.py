"""The demonstration: the pilot's story, told through the application's own actions. Only on an empty database or its own."""
