"""The one place that builds things."""
from app import cli
def main() -> int:
    return cli.run()
