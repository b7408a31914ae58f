"""Prompts: the words that models are given, one file each, `prompts/<agent>/<purpose>[.variant].prompt`. Knows only ground.

    shipped().find("video.shot").render(values)    Glimmer's own prompt, filled in
    own_prompt(text, "video.shot")                 a person's, checked before it is kept

A file is a head in YAML (dotprompt's names: name, version, variant, model, config, input, output, metadata) and a body in a small part of
Jinja2. Films are shared, and their prompts with them, so a body can only choose, repeat and print the values that it is given: it calls
nothing, reads no attribute and no file, and its loops and its length are bounded. yaml and jinja2 are imported when one is first read.
"""

from __future__ import annotations

from glimmer.prompts.head import Config, Head, Output
from glimmer.prompts.registry import Registry, shipped
from glimmer.prompts.template import PromptTemplate, has_placeholders, own_prompt

__all__ = ["Config", "Head", "Output", "PromptTemplate", "Registry", "has_placeholders", "own_prompt", "shipped"]
