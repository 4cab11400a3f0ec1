package io.foldwise.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** scikit-learn's GridSearchCV of SGDRegressor in its own process; absent where Python lacks it. */
final class SklearnSearch {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCRIPT = "sklearn_search.py";

  private final Path work;

  SklearnSearch(Path work) {
    this.work = work;
  }

  boolean isInstalled() throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PYTHON)) && run("-c", "import sklearn, joblib").isPresent();
  }

  /** Seconds of the search alone, reading left out; it prints them on its last line. */
  OptionalDouble seconds(Path rows, int epochs, double[] penalties)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(script().toString(), rows.toString()));
    words.add(Integer.toString(epochs));
    for (double penalty : penalties) {
      words.add(Double.toString(penalty));
    }
    return run(words.toArray(String[]::new)).stream().mapToDouble(Double::parseDouble).findFirst();
  }

  private Path script() throws IOException {
    Path script = work.resolve(SCRIPT);
    try (InputStream source =
        Objects.requireNonNull(SklearnSearch.class.getResourceAsStream("/benchmark/" + SCRIPT))) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return script;
  }

  /** What a Python process printed, or nothing where it failed. */
  private static Optional<String> run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed;
    try (InputStream output = process.getInputStream()) {
      printed = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
  }
}
