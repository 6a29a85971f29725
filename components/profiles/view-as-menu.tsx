"use client";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { EyeIcon, SearchIcon, UserIcon, UsersIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";

const ChooseOnlooker = later(() => import("./choose-onlooker").then((m) => m.ChooseOnlooker));

/** As whom to look at one's own profile. */
export function ViewAsMenu({ username }: { username: string }) {
  const [isChoosing, setChoosing] = useState(false);
  const close = () => setChoosing(false);
  return (
    <>
      <MenuButton
        label="View as"
        items={[
          { label: "As a stranger", icon: <UserIcon />, href: `/${username}?as=stranger` },
          { label: "As a follower", icon: <UsersIcon />, href: `/${username}?as=follower` },
          { label: "As a certain person", icon: <SearchIcon />, onSelect: () => setChoosing(true) },
        ]}
      >
        <EyeIcon />
      </MenuButton>
      {isChoosing ? <ChooseOnlooker gaveUp={close} username={username} onClose={close} /> : null}
    </>
  );
}
