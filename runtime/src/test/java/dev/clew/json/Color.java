package dev.clew.json;

enum Color {
    RED,
    GREEN
}
