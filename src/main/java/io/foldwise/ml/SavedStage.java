package io.foldwise.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.input.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A directory that spark.ml's writers made of a stage. It is read on the driver, so that one that
 * is another's or damaged is refused in one line, before Spark runs a job over it.
 *
 * @param path the directory
 * @param kind the class of the stage that it is to hold
 * @param hadoop how paths are read
 */
public record SavedStage(String path, Class<?> kind, Configuration hadoop) {
  private static final String METADATA = "metadata";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public SavedStage(String path, Class<?> kind, SparkSession spark) {
    this(path, kind, spark.sessionState().newHadoopConf());
  }

  /** Reads stages of which the metadata say all. */
  static <T extends Params> MLReader<T> reader(Class<T> kind, Function<String, T> made) {
    return new MLReader<>() {
      @Override
      public T load(String path) {
        SavedStage saved = new SavedStage(path, kind, sparkSession());
        return saved.read(() -> saved.withParams(made));
      }
    };
  }

  /** A stage of the saved uid, with the saved Params. */
  <T extends Params> T withParams(Function<String, T> made) throws IOException {
    DefaultParamsReader.Metadata read =
        DefaultParamsReader$.MODULE$.parseMetadata(metadata(), kind.getName());
    T stage = made.apply(read.uid());
    read.getAndSetParams(stage, Option.empty());
    return stage;
  }

  /**
   * What is loaded of the directory.
   *
   * @throws InvalidInputException if the directory holds no stage of that kind, or a damaged one
   */
  public <T> T read(Callable<T> loading) {
    String found =
        className()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "'%s' holds no %s, for there is no '%s' in it: name the directory that one was saved to"
                            .formatted(path, kind.getSimpleName(), METADATA)));
    if (!found.equals(kind.getName())) {
      throw new InvalidInputException(
          "'%s' holds %s, not %s: load it as what it is"
              .formatted(path, found, kind.getSimpleName()));
    }
    try {
      return loading.call();
    } catch (Exception broken) {
      throw damaged(broken);
    }
  }

  /**
   * The class that was saved; empty where there are no metadata.
   *
   * @throws InvalidInputException if they are damaged
   */
  Optional<String> className() {
    try {
      JsonNode name = MAPPER.readTree(metadata()).path("class");
      if (name.isTextual()) {
        return Optional.of(name.asText());
      }
      throw new IOException("the metadata name no class");
    } catch (FileNotFoundException missing) {
      return Optional.empty();
    } catch (IOException broken) {
      throw damaged(broken);
    }
  }

  private String metadata() throws IOException {
    Path folder = new Path(path, METADATA);
    FileStatus[] parts = files().listStatus(folder, file -> file.getName().startsWith("part-"));
    Path first =
        Arrays.stream(parts)
            .map(FileStatus::getPath)
            .sorted()
            .findFirst()
            .orElseThrow(() -> new FileNotFoundException(METADATA + " is empty"));
    return new String(bytes(first), StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /**
   * The contents of a file of the directory.
   *
   * @throws FileNotFoundException if it is not there
   */
  byte[] bytes(String name) throws IOException {
    return bytes(new Path(path, name));
  }

  private byte[] bytes(Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream raw = files().open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      return in.readAllBytes();
    }
  }

  private FileSystem files() throws IOException {
    return new Path(path).getFileSystem(hadoop);
  }

  private InvalidInputException damaged(Exception broken) {
    return new InvalidInputException(
        "'%s' holds a damaged %s (%s): save it again"
            .formatted(path, kind.getSimpleName(), line(deepest(broken))),
        broken);
  }

  private static Throwable deepest(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
        .reduce(failed, (outer, inner) -> inner);
  }

  private static String line(Throwable failed) {
    return Objects.requireNonNullElse(failed.getMessage(), "")
        .lines()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> failed.getClass().getSimpleName());
  }
}
