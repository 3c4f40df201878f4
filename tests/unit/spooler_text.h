// The contract that the mocks of the output specification are about.
#pragma once

#include <string_view>

namespace singspin::testing {

inline constexpr std::string_view kSpoolerText =
    R"(// One printer behind a spooler. The exporter prints, the importer submits jobs.
public contract SpoolerContract {
    out message Ready();
    in  message GetStatus();                  out message Status(int pages);
    in  message Print(char[]! in ExHeap job); out message Accepted();
    in  message Stop();                       out message Stopped();
    out message Finished();

    state START: one { Ready! -> IDLE; }
    state IDLE: one {
        GetStatus? -> Status!   -> IDLE;
        Print?     -> Accepted! -> RUNNING;
    }
    state RUNNING: one {
        Stop?     -> Stopped! -> IDLE;
        Finished! -> IDLE;
    }
}
)";

}  // namespace singspin::testing
