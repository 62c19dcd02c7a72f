"""What can be said of the deployment without a cluster: each file as its own tool sees it, and a broken twin
of it that the same tool has to refuse.
"""
