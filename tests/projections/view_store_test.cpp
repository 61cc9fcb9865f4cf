#include "persistence/projections/view_store.hpp"

#include "persistence/projections/view_readers.hpp"
#include "tests/projections/counting_projection.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/view_stores.hpp"

namespace docket {
namespace {

using testing::CountingProjection;
using testing::StoreKind;

class ViewStoreTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void Put(const Generation& generation, const std::string& stream, std::int64_t events) {
    const auto writer = views_->OpenWriter(schema_, generation);
    ViewTransaction transaction(*writer);
    writer->Write({Changes{{}, {{0, {stream, events}}}}});
    transaction.Commit();
  }
  static std::string Rows(ViewConnection& connection) {
    std::string text;
    for (const auto& row :
         connection.Query("SELECT stream, events FROM {counted} ORDER BY stream")) {
      text += std::get<std::string>(row[0]) + "=" + std::to_string(std::get<std::int64_t>(row[1]));
      text += " ";
    }
    return text;
  }
  /// What a reader finds; "none" while there is no generation.
  static std::string Read(ViewReaders& readers) {
    std::string text;
    const bool any =
        readers.Read([&](const ViewReaders::Moment& moment) { text = Rows(moment.views); });
    return any ? text : "none";
  }
  /// Builds the next generation with one row and switches to it.
  Generation SwitchToNext(const std::string& stream) {
    const auto lock = views_->TryLockRebuild(schema_.name);
    const auto old = views_->FindLive(schema_);
    const auto next = views_->TakeUnfinished(schema_);
    Put(next, stream, 1);
    EXPECT_TRUE(views_->Switch(next, old));
    if (old) views_->OpenWriter(schema_, *old)->Retire();
    return next;
  }

  testing::TemporaryDirectory directory_;
  testing::ViewPlace place_{GetParam(), *ParseSqliteUrl("sqlite:" + directory_.File("office.db"))};
  std::unique_ptr<ViewStore> views_ = place_.Open();
  const ProjectionSchema schema_ = CountingProjection::SchemaOf(1);
};

TEST_P(ViewStoreTest, ServesNothingUntilSomebodyTakesIt) {
  ViewReaders readers(*views_, schema_);
  EXPECT_EQ(views_->FindLive(schema_), std::nullopt);
  EXPECT_EQ(Read(readers), "none");
  const auto live = views_->TakeLive(schema_);
  EXPECT_EQ(place_.Open()->TakeLive(schema_), live) << "the same for every process";
  EXPECT_EQ(Read(readers), "");
  EXPECT_EQ(views_->FindLive(CountingProjection::SchemaOf(2)), std::nullopt);
}

TEST_P(ViewStoreTest, WritesReplacesAndErasesRows) {
  const auto live = views_->TakeLive(schema_);
  const auto writer = views_->OpenWriter(schema_, live);
  {
    ViewTransaction transaction(*writer);
    writer->Write({Changes{{}, {{0, {"a", 1}}, {1, {"a", 1, "甲"}}, {1, {"a", 2, ""}}}},
                   Changes{{}, {{0, {"b", 1}}, {1, {"b", 1, "乙"}}}}});
    transaction.Commit();
  }
  {
    ViewTransaction transaction(*writer);
    writer->Write({Changes{{{1, {"a"}}}, {{0, {"a", 5}}, {1, {"a", 3, "丙"}}}},
                   Changes{{{1, {"b", 1}}, {0, {"b"}}}, {}}});
    transaction.Commit();
  }
  EXPECT_EQ(testing::DumpTables(*views_, schema_, live), "counted\n'a'|5|\nseen\n'a'|3|'丙'|\n");
  {
    const ViewTransaction undone(*writer);
    writer->Write({Changes{{}, {{0, {"c", 1}}}}});
  }
  EXPECT_EQ(Rows(*views_->OpenReader(schema_, live)), "a=5 ");
}

TEST_P(ViewStoreTest, CheckpointMovesOnlyFromWhereItIs) {
  const auto writer = views_->OpenWriter(schema_, views_->TakeLive(schema_));
  const Checkpoint none = writer->ReadCheckpoint();
  EXPECT_EQ(none, Checkpoint{});
  const Checkpoint first{Epoch("e"), Position{5}, 3};
  writer->MoveCheckpoint(none, first);
  EXPECT_EQ(writer->ReadCheckpoint(), first);
  EXPECT_THROW(writer->MoveCheckpoint(none, first), CheckpointMoved);
  EXPECT_THROW(writer->MoveCheckpoint({Epoch("f"), Position{5}, 3}, {Epoch("f"), Position{6}, 3}),
               CheckpointMoved);
  EXPECT_THROW(writer->MoveCheckpoint(first, {Epoch("e"), Position{6}, 2}), CheckpointMoved);
  writer->MoveCheckpoint(first, {Epoch("e"), Position{6}, 4});
  writer->Retire();
  EXPECT_THROW(writer->MoveCheckpoint({Epoch("e"), Position{6}, 4}, {Epoch("e"), Position{7}, 4}),
               CheckpointMoved);
}

TEST_P(ViewStoreTest, ReadersFollowASwitchAtOnce) {
  ViewReaders readers(*views_, schema_);
  Put(views_->TakeLive(schema_), "old", 1);
  EXPECT_EQ(Read(readers), "old=1 ");
  const auto unfinished = views_->TakeUnfinished(schema_);
  Put(unfinished, "half", 1);
  EXPECT_EQ(Read(readers), "old=1 ") << "served until the switch";
  views_->Discard(unfinished);
  SwitchToNext("new");
  EXPECT_EQ(Read(readers), "new=1 ");
}

TEST_P(ViewStoreTest, QueryInFlightKeepsWhatItReads) {
  ViewReaders readers(*views_, schema_);
  const auto first = views_->TakeLive(schema_);
  Put(first, "old", 1);
  int runs = 0;
  readers.Read([&](const ViewReaders::Moment& moment) {
    ++runs;
    EXPECT_EQ(Rows(moment.views), "old=1 ");
    SwitchToNext("new");
    EXPECT_EQ(Rows(moment.views), "old=1 ");
    // The next start removes what was retired, as far as nobody reads it.
    EXPECT_NE(place_.Open()->TakeLive(schema_), first);
    EXPECT_EQ(Rows(moment.views), "old=1 ");
  });
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Read(readers), "new=1 ");
}

TEST_P(ViewStoreTest, RetiredGenerationIsRemovedAtTheNextStart) {
  ViewReaders readers(*views_, schema_);
  const auto first = views_->TakeLive(schema_);
  Put(first, "old", 1);
  EXPECT_EQ(Read(readers), "old=1 ");
  const auto second = SwitchToNext("new");
  EXPECT_NO_THROW(views_->OpenReader(schema_, first)->ReadCheckpoint());
  EXPECT_EQ(place_.Open()->TakeLive(schema_), second);
  EXPECT_THROW(views_->OpenReader(schema_, first)->ReadCheckpoint(), StoreError);
  EXPECT_THROW(views_->OpenWriter(schema_, first)->ReadCheckpoint(), StoreError);
  EXPECT_EQ(Read(readers), "new=1 ");
  EXPECT_GT(SwitchToNext("newest").number, second.number);
}

TEST_P(ViewStoreTest, OneRebuildAtATime) {
  const auto elsewhere = place_.Open();
  auto lock = views_->TryLockRebuild("counting");
  ASSERT_NE(lock, nullptr);
  EXPECT_EQ(elsewhere->TryLockRebuild("counting"), nullptr);
  EXPECT_NE(elsewhere->TryLockRebuild("other"), nullptr);
  lock.reset();
  EXPECT_NE(elsewhere->TryLockRebuild("counting"), nullptr);
}

TEST_P(ViewStoreTest, UnfinishedGenerationIsTakenUpAgain) {
  const auto unfinished = views_->TakeUnfinished(schema_);
  EXPECT_EQ(place_.Open()->TakeUnfinished(schema_), unfinished);
  EXPECT_NE(views_->TakeUnfinished(CountingProjection::SchemaOf(2)), unfinished);
  EXPECT_THROW(views_->Switch(unfinished, std::nullopt), StoreError)
      << "another version has removed it";
}

TEST_P(ViewStoreTest, OnlyTheGenerationThatWasHeldIsReplaced) {
  const auto built = views_->TakeUnfinished(schema_);
  const auto live = place_.Open()->TakeLive(schema_);
  EXPECT_FALSE(views_->Switch(built, std::nullopt)) << "somebody has begun one";
  EXPECT_EQ(views_->FindLive(schema_), live);
  EXPECT_TRUE(views_->Switch(built, live));
  EXPECT_EQ(views_->FindLive(schema_), built);
}

INSTANTIATE_TEST_SUITE_P(, ViewStoreTest,
                         ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
