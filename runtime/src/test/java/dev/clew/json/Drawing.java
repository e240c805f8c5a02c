package dev.clew.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

record Drawing(Figure one, List<Figure> many, Map<String, Figure> named, Optional<Figure> maybe) {}
