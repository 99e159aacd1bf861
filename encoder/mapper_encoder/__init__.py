"""The files of the encoder; ``mapper`` reads them where this package is installed."""
