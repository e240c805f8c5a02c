package dev.clew.json;

record Empty() {}
