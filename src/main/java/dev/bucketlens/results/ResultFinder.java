package dev.bucketlens.results;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a {@link ResultQuery} from the index that suits it, in a bounded number of reads. */
final class ResultFinder {
  /** So a page takes well under a second even where nothing matches. */
  static final int MAX_READS = 31;

  /** Empty days in a row before a glance at the whole index: it costs as much as many days. */
  private static final int EMPTY_DAYS = 3;

  /** No result is older than the program. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

  private final IndexReader reader;
  private final Clock clock;

  ResultFinder(IndexReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  ResultPage find(ResultQuery query) {
    if (query.review() != null) {
      return readPartition(query.review().index(), query, query.review().partition());
    }
    if (query.day() != null) {
      return readPartition(Index.BY_TIME, query, query.day().toString());
    }
    if (query.label() != null) {
      return readPartition(Index.BY_LABEL, query, query.label());
    }
    PageKey first = query.from() == null ? newest() : query.from();
    return read(Index.BY_TIME, query, first, new DayByDay());
  }

  private ResultPage readPartition(Index index, ResultQuery query, String partition) {
    PageKey first = query.from() == null ? PageKey.startOf(partition) : query.from();
    if (!first.partition().equals(partition)) {
      throw new IllegalArgumentException("the page key belongs to another query");
    }
    return read(index, query, first, (read, found) -> Optional.empty());
  }

  private ResultPage read(Index index, ResultQuery query, PageKey first, Partitions partitions) {
    Optional<PageKey> next = Optional.of(first);
    List<ImageResult> found = new ArrayList<>();
    for (int reads = 0;
        reads < MAX_READS && next.isPresent() && found.size() < query.limit();
        reads++) {
      ResultPage page = reader.read(index, next.get(), query, query.limit() - found.size());
      found.addAll(page.results());
      next = page.next().isPresent() ? page.next() : partitions.after(next.get(), found.size());
    }
    return new ResultPage(found, next);
  }

  /** Where to go on when a partition is read to its end. */
  @FunctionalInterface
  private interface Partitions {
    Optional<PageKey> after(PageKey read, int found);
  }

  /** Walks back day by day: partitions have no order of their own to read them in. */
  private final class DayByDay implements Partitions {
    private int foundBefore;
    private int emptyDays;

    @Override
    public Optional<PageKey> after(PageKey read, int found) {
      emptyDays = found == foundBefore ? emptyDays + 1 : 0;
      foundBefore = found;
      boolean glance = emptyDays > 0 && emptyDays % EMPTY_DAYS == 0;
      return dayBefore(day(read), glance);
    }
  }

  /** A writer whose clock is ahead may be in tomorrow already. */
  private PageKey newest() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return PageKey.startOf(today.plusDays(1).toString());
  }

  private Optional<PageKey> dayBefore(LocalDate day, boolean glance) {
    Optional<LocalDate> before =
        glance ? reader.latestDayBefore(day) : Optional.of(day.minusDays(1));
    return before.filter(d -> !d.isBefore(FIRST_DAY)).map(d -> PageKey.startOf(d.toString()));
  }

  private static LocalDate day(PageKey key) {
    try {
      return LocalDate.parse(key.partition());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the page key belongs to another query", e);
    }
  }
}
