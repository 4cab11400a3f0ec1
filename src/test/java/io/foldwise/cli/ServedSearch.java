package io.foldwise.cli;

import io.foldwise.TestSpark;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A search with {@code --serve} in a thread of its own, which is held where it announces a phase
 * until it is let go.
 */
public final class ServedSearch implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\w+/");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CompletableFuture<EarlyEnd> end = new CompletableFuture<>();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  /**
   * Starts the search.
   *
   * @param phase the words that it is held at
   */
  public ServedSearch(String phase, Object... words) {
    TestSpark.session();
    String[] args = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    Thread run = new Thread(() -> run(phase, args), "served search");
    run.setDaemon(true);
    run.start();
  }

  private void run(String phase, String[] args) {
    EarlyEnd early = new EarlyEnd();
    end.complete(early);
    PrintWriter held = new PrintWriter(new Held(phase), true);
    status.complete(Main.run(args, new PrintWriter(out), held, early));
  }

  /** Waits until standard error says something, and gives what it says. */
  public String err(String words) throws Exception {
    for (int look = 0; look < 600; look++) {
      if (err.toString().contains(words)) {
        return err.toString();
      }
      Thread.sleep(50);
    }
    throw new TimeoutException(words + " is not in " + err);
  }

  /** Where its page is. */
  public URI address() throws Exception {
    Matcher address = ADDRESS.matcher(err("http:"));
    if (!address.find()) {
      throw new IllegalStateException(err.toString());
    }
    return URI.create(address.group());
  }

  /** Lets it go on from the phase that it was held at. */
  public void letGo() {
    go.countDown();
  }

  /** Ends it as Ctrl-C does. */
  public void interrupt() {
    end.join().now(new Failure(130, "interrupted", null));
  }

  /** What came of it, once it has ended. */
  Outcome outcome() {
    return new Outcome(
        status.orTimeout(60, TimeUnit.SECONDS).join(), out.toString(), err.toString());
  }

  @Override
  public void close() {
    letGo();
    interrupt();
    outcome();
    Configurator.reconfigure();
  }

  /** Standard error, which does not take more after some words until the search may go on. */
  private final class Held extends Writer {
    private final String words;

    Held(String words) {
      this.words = words;
    }

    @Override
    public void write(char[] text, int from, int length) throws InterruptedIOException {
      err.write(text, from, length);
      try {
        if (err.toString().contains(words) && !go.await(60, TimeUnit.SECONDS)) {
          throw new UncheckedIOException(new InterruptedIOException("nobody let it go"));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
