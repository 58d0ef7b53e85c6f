// power-cut: see scripts/power-cut.
#include "tests/power_cut/campaign.hpp"

int main(int argc, char** argv) {
    return liqu::proof::runCampaign(argc, argv);
}
