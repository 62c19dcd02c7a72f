"""The level of the liquid in an annulus from a shot of sound and what came back of it."""
