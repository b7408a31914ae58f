def dress(s):
    pass
