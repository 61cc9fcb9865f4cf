/// libsodium, started once for the process.
#pragma once

namespace docket {

/// Call before anything of libsodium is used; cheap when done before. From then on random bytes
/// come from a generator in the process, seeded by the system once a thread: salts and ids are made
/// for every event, and asking the system each time costs more than hashing one.
void StartSodium();

}  // namespace docket
