"""Trains, converts and measures models for Bucketlens: `python -m bucketlens_model`, in the folder `model`."""
