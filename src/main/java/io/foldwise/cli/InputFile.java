package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A small file that an option names, on any of Hadoop's file systems, read before Spark starts.
 *
 * @param option the option without dashes, for messages
 * @param given the path as the person wrote it
 */
record InputFile(String option, String given, FileSystem files, Path path) {
  /**
   * Finds the file system of a path.
   *
   * @throws InvalidInputException if there is none
   */
  static InputFile of(String option, String given) {
    try {
      Path path = new Path(given);
      FileSystem files = path.getFileSystem(hadoop());
      return new InputFile(option, given, files, path);
    } catch (IOException | IllegalArgumentException failed) {
      throw unreadable(option, given, failed);
    }
  }

  /** What Hadoop is told of file systems before Spark has started. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** The file of this name, where what was given is the directory that holds it. */
  InputFile orWithin(String name) {
    return isDirectory() ? new InputFile(option, given, files, new Path(path, name)) : this;
  }

  private boolean isDirectory() {
    try {
      return files.exists(path) && files.getFileStatus(path).isDirectory();
    } catch (IOException failed) {
      throw unreadable(option, given, failed);
    }
  }

  boolean isFile() {
    try {
      return files.exists(path) && files.getFileStatus(path).isFile();
    } catch (IOException failed) {
      throw unreadable(option, given, failed);
    }
  }

  InputStream open() throws IOException {
    return files.open(path);
  }

  /** A path beside the file; one with a scheme, or an absolute one, stays as it is. */
  String beside(String other) {
    if (other.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") || other.startsWith(Path.SEPARATOR)) {
      return other;
    }
    Path whole = new Path(files.makeQualified(path).getParent(), other);
    return whole.toUri().getScheme().equals("file") ? whole.toUri().getPath() : whole.toString();
  }

  static InvalidInputException unreadable(String option, String given, Exception failed) {
    return new InvalidInputException(
        "'%s' (%s) cannot be read: %s".formatted(option, given, failed.getMessage()), failed);
  }
}
