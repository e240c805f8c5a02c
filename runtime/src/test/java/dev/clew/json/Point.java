package dev.clew.json;

record Point(int x, int y) {}
