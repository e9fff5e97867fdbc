"""Web: HTTP in, HTTP out. It translates; what may leave is decided by the workflows it calls.

``create_app`` makes the Flask application; ``dam.web.serving`` puts the tile path ahead of it.
"""
