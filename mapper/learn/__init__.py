"""Learning the reader: sentences and labelled documents → the model that reads, and the weights of score and grade."""
