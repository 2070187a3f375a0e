"""A template as a tree of boxes: the model, the filling in of data, the layout, the painting."""
