"""The local web page of a review: HTTP around `knooppunt.reviewing`; needs the extra `review`."""
