package io.foldwise.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * What may stand next in a line of the shell: a command, an option that the line does not have yet,
 * a value of the option before, or a file.
 *
 * @param commands all commands
 */
record ShellCompleter(List<Command> commands) implements Completer {
  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> found) {
    List<String> words = line.words();
    if (line.wordIndex() == 0 || (line.wordIndex() == 1 && words.get(0).equals("help"))) {
      commands.forEach(command -> found.add(described(command.name(), command.summary())));
      if (line.wordIndex() == 0) {
        found.add(described("help", "list the commands, or the options of one"));
        found.add(described("exit", "leave"));
      }
      return;
    }
    commands.stream()
        .filter(command -> command.name().equals(words.get(0)))
        .findFirst()
        .ifPresent(command -> complete(command, line, found));
  }

  private static void complete(Command command, ParsedLine line, List<Candidate> found) {
    Map<String, Option> options = Invocation.optionsOf(command);
    String before = line.words().get(line.wordIndex() - 1).replaceFirst("^--", "");
    Optional<Option> asking =
        Optional.ofNullable(options.get(before)).filter(option -> !option.isFlag());
    if (asking.isPresent()) {
      asking.get().words().forEach(word -> found.add(new Candidate(word)));
    } else {
      command.options().values().stream()
          .flatMap(List::stream)
          .filter(option -> !line.words().contains(option.dashed()))
          .forEach(option -> found.add(described(option.dashed(), option.help())));
    }
    if (asking.or(command::arguments).filter(Option::isPath).isPresent()) {
      files(line.word().substring(0, line.wordCursor()), found);
    }
  }

  /** Files and folders whose path goes on from what was typed; hidden ones once a dot was. */
  private static void files(String typed, List<Candidate> found) {
    String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
    boolean hidden = typed.startsWith(".", folder.length());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean open = Files.isDirectory(entry);
        if (hidden || !name.startsWith(".")) {
          String path = folder + name + (open ? "/" : "");
          found.add(new Candidate(path, path, null, null, null, null, !open));
        }
      }
    } catch (IOException | InvalidPathException none) {
      // There is nothing to complete.
    }
  }

  private static Candidate described(String word, String help) {
    return new Candidate(word, word, null, help, null, null, true);
  }
}
