package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.generate.WrittenFormat;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * A dataset that a command writes: its place and its format, that of {@code --format} or else of
 * the suffix.
 */
record WrittenData(OutputLocation place, WrittenFormat format, Path scratch)
    implements AutoCloseable {
  /**
   * Checks place and format, before Spark starts.
   *
   * @param formats the formats that the command can write, by name
   */
  static WrittenData of(Settings settings, Option format, Map<String, WrittenFormat> formats) {
    String path = settings.required(Options.OUT);
    WrittenFormat chosen =
        settings
            .choice(format, formats)
            .or(() -> WrittenFormat.ofName(path).filter(formats::containsValue))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "'out' (%s) is of an unknown file type: add --format %s"
                            .formatted(path, String.join("|", formats.keySet()))));
    OutputLocation place =
        OutputLocation.at(path, settings.flag(Options.OVERWRITE), WrittenData::areParts);
    return new WrittenData(place, chosen, new Path(place.scratch(), new Path(path).getName()));
  }

  private static boolean areParts(String[] names) {
    return Arrays.stream(names)
        .allMatch(name -> name.startsWith("part-") || name.startsWith("_") || name.startsWith("."));
  }

  /** Gives what stands at {@link #scratch} its name. */
  void commit() {
    place.commit(scratch);
  }

  @Override
  public void close() {
    place.close();
  }
}
