package io.foldwise.benchmark;

import io.foldwise.spark.data.fold.AssignedRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** scikit-learn's GridSearchCV of its SGD in its own process; absent where Python lacks it. */
final class SklearnSearch {
  /** The loss. */
  enum Kind {
    SQUARED,
    LOGISTIC
  }

  /** What is asked of it. */
  interface Questions {
    void ask(SklearnSearch sklearn) throws IOException, InterruptedException;
  }

  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCRIPT = "sklearn_search.py";

  private final Stage stage;
  private final Kind kind;
  private final Path rows;

  SklearnSearch(Stage stage, Kind kind) {
    this.stage = stage;
    this.kind = kind;
    this.rows = stage.options().work().resolve("rows.npy");
  }

  /** Writes rows for it, asks, and drops them; or says that it is missing. */
  void over(AssignedRows assigned, long n, Questions questions)
      throws IOException, InterruptedException {
    if (!isInstalled()) {
      stage.table().remark("scikit-learn: skipped, %s does not have it.".formatted(PYTHON));
      return;
    }
    NpyFile.write(assigned.frame(), n, rows);
    questions.ask(this);
    Files.delete(rows);
  }

  static boolean isInstalled() throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PYTHON)) && run("-c", "import sklearn, joblib").isPresent();
  }

  /** Seconds of the search alone, reading left out; it prints them on its last line. */
  OptionalDouble seconds(int epochs, double[] penalties) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(script().toString(), rows.toString()));
    words.add(kind.name().toLowerCase(Locale.ROOT));
    words.add(Integer.toString(epochs));
    for (double penalty : penalties) {
      words.add(Double.toString(penalty));
    }
    OptionalDouble seconds =
        run(words.toArray(String[]::new)).stream().mapToDouble(Double::parseDouble).findFirst();
    seconds.ifPresent(s -> stage.progress("scikit-learn, %d epochs: %.2f s".formatted(epochs, s)));
    return seconds;
  }

  private Path script() throws IOException {
    Path script = stage.options().work().resolve(SCRIPT);
    try (InputStream source =
        Objects.requireNonNull(SklearnSearch.class.getResourceAsStream("/benchmark/" + SCRIPT))) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return script;
  }

  /** What a Python process printed, or nothing where it failed. */
  static Optional<String> run(String... words) throws IOException, InterruptedException {
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
