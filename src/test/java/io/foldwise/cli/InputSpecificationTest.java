package io.foldwise.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read, and what is refused in which words: one input a line. */
class InputSpecificationTest {
  @TempDir Path folder;

  static Stream<SpecifiedInput> inputs() {
    return Stream.of(
            CsvInputs.ALL, DialectInputs.ALL, PickleInputs.ALL, TableInputs.ALL, WordInputs.ALL)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void anInputIsReadOrRefused(SpecifiedInput input) throws Exception {
    input.check(folder);
  }
}
