"""The drawn human: a small skeleton in space, clothed, with hands and a face, seen from any side.

`draw_figure(design, acting, light, ...)` is the only door; `Figure` says where its face and hands are in the picture.
"""
