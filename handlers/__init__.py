"""The HTTP shell, in Sanic: thin handlers that receive, ask the domain, and send."""
