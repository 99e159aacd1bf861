"""For authors who do not program: a policy taught by sentences, in a dialogue that shows at once what they find."""
